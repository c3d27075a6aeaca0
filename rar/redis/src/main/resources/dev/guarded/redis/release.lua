-- SPDX-License-Identifier: Apache-2.0
-- Gives a lock back, or a place in its queue. Releasing, cancelling a wait and forced release are one.
-- KEYS  1 lock, 2 queue, 3 waiters, 4 fence: all of one lock, in one slot
-- ARGV  1 token, 2 floor of the fence, 3 how long to keep the lock taken by nobody, in ms, 0 not at all
-- Reply 'R' the token held the lock, 'C' it had a place in the queue, 'N' neither
-- Atomic because the token is compared and the next one granted in one breath: nobody barges in between.
-- The first write is a DEL, so that it works on a full server. Idempotent: sent again, it finds the token gone.
local token = ARGV[1]
local value = redis.call('GET', KEYS[1])
if not value or string.sub(value, 1, #token + 1) ~= token .. '|' then
  if redis.call('HDEL', KEYS[3], token) == 1 then
    redis.call('LREM', KEYS[2], 0, token)
    return 'C'
  end
  return 'N'
end
redis.call('DEL', KEYS[1])
if ARGV[3] ~= '0' then
  -- The same value without its token: nobody can renew or release it.
  redis.call('SET', KEYS[1], string.sub(value, #token + 1), 'PX', ARGV[3])
  return 'R'
end
if redis.call('EXISTS', KEYS[2]) == 0 then return 'R' end

local floor = ARGV[2]
-- include grant.lua

grantFirst(nil, redis.call('TIME'))
return 'R'
