-- SPDX-License-Identifier: Apache-2.0
-- Gives a lock back, or a share of it, or a place in its queue. Releasing, cancelling a wait and forced release are one.
-- KEYS  1 lock, 2 queue: in one slot, like those that grant.lua makes of them
-- ARGV  1 token, 2 floor of the fence; and unless it is all as usual: 3 how long to keep the lock taken by nobody, in ms,
--       0 not at all, 4 1 if the token's owner does not know yet and is to be told
-- Reply 'R' the token held the lock, 'C' it had a place in the queue, 'N' neither
-- Atomic because the token is compared and the next one granted in one breath: nobody barges in between.
-- The first write is a DEL or a ZREM, so that it works on a full server. Idempotent: sent again, it finds the token
-- gone.
local token, keep = ARGV[1], ARGV[3] or '0'
local value = redis.call('GET', KEYS[1])
local alone = value and string.sub(value, 1, #token + 1) == token .. '|'
if alone and not ARGV[3] then
  -- Nearly every command ends here.
  redis.call('DEL', KEYS[1])
  if redis.call('EXISTS', KEYS[2]) == 0 then return 'R' end
end

local function tellTheLoser()
  if ARGV[4] == '1' then
    local channel = string.match(KEYS[1], '^[^:]*') .. ':inbox:' .. string.match(token, '^[^.]*')
    redis.pcall('PUBLISH', channel, 'L ' .. token)
  end
end

if alone and ARGV[3] then
  redis.call('DEL', KEYS[1])
  tellTheLoser()
  if keep ~= '0' then
    -- The same value without its token: nobody can renew or release it.
    redis.call('SET', KEYS[1], string.sub(value, #token + 1), 'PX', keep)
    return 'R'
  end
  if redis.call('EXISTS', KEYS[2]) == 0 then return 'R' end
end

local floor = ARGV[2]
-- include grant.lua

local time = redis.call('TIME')
if not alone then
  local shared = value and string.sub(value, 1, 2) == '*|' and sharers(millis(time)) > 0
  local entry = shared and redis.call('HGET', who, token)
  if not entry then
    if redis.call('HDEL', waiters, token) == 0 then return 'N' end
    redis.call('LREM', KEYS[2], 0, token)
    -- It may have been the one that kept those behind it from sharing the lock.
    if shared then serve(nil, time) end
    return 'C'
  end
  unshare(token)
  tellTheLoser()
  -- A share that nobody can renew or release.
  if keep ~= '0' then share('|' .. token, entry, tonumber(keep), millis(time)) end
end
serve(nil, time)
return 'R'
