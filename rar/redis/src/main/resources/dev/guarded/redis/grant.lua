-- SPDX-License-Identifier: Apache-2.0
-- A part of the scripts that may grant a lock, which define floor before it.
-- KEYS  1 lock, 2 queue; the names of the lock's other keys differ from the first in their last letter. They are made
--       here because each key costs the uncontended cycle, which needs none of them, as much as a command
-- waiters, fences, ends, who
--                    those names: of the live entries, the last fence, the ends of the leases that share the lock, and
--                    who they are
-- A lock that leases share has the value *|fence| and, for each of them, its end in ends and fence|holder in who.
-- storedFence()      the last fence, 0 if there is none that can be counted on from
-- grant(token, holder, lease, limit, time)
--                    gives the token the lock and returns its fence: a number above all the lock was granted with
--                    before, even if the server has lost its data
-- share(token, entry, lease, now)
--                    notes one more lease that shares the lock
-- sharers(now)       how many leases share the lock; 0 if it is free, -1 if one has it alone
-- tell(token, text)  tells the token's node; returns how many listened
-- serve(me, time)    grants the lock to the live entries at the head of the queue for as long as there is room;
--                    returns the fence and contended of me, or nothing; and whether somebody live has no room
local stem = string.sub(KEYS[1], 1, -2)
local waiters, fences, ends, who = stem .. 'w', stem .. 'f', stem .. 'x', stem .. 's'

local function storedFence()
  local stored = tonumber(redis.call('GET', fences) or 0)
  return stored and stored > 0 and stored < 9007199254740992 and stored or 0
end

local function millis(time)
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function share(token, entry, lease, now)
  redis.call('ZADD', ends, string.format('%.0f', now + lease), token)
  redis.call('HSET', who, token, entry)
  local life = math.max(redis.call('PTTL', KEYS[1]), lease)
  redis.call('SET', KEYS[1], '*|' .. string.match(entry, '^%d+') .. '|', 'PX', life)
  redis.call('PEXPIRE', ends, life)
  redis.call('PEXPIRE', who, life)
end

local function grant(token, holder, lease, limit, time)
  local fence = math.max(time[1] * 1000000 + time[2], storedFence(), tonumber(floor))
  fence = string.format('%.0f', fence + 1)
  redis.call('SET', fences, fence, 'PX', math.max(60000, 2 * lease))
  if limit == '0' then
    redis.call('SET', KEYS[1], token .. '|' .. fence .. '|' .. holder, 'PX', lease)
  else
    share(token, fence .. '|' .. holder, tonumber(lease), millis(time))
  end
  return fence
end

local function unshare(token)
  redis.call('ZREM', ends, token)
  redis.call('HDEL', who, token)
  if redis.call('EXISTS', ends) == 0 then redis.call('DEL', KEYS[1], who) end
end

local function sharers(now)
  local value = redis.call('GET', KEYS[1])
  if not value then return 0 end
  if string.sub(value, 1, 2) ~= '*|' then return -1 end
  for _, token in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', now)) do unshare(token) end
  local count = redis.call('ZCARD', ends)
  if count == 0 then redis.call('DEL', KEYS[1], who) end
  return count
end

local function tell(token, text)
  local channel = string.match(KEYS[1], '^[^:]*') .. ':inbox:' .. string.match(token, '^[^.]*')
  return redis.pcall('PUBLISH', channel, text)
end

local function serve(me, time)
  local now = millis(time)
  local name = string.match(KEYS[1], '{(.*)}')
  local index, sharing, mine, others = 0, sharers(now), nil, nil
  while sharing >= 0 do
    local token = redis.call('LINDEX', KEYS[2], index)
    if not token then return mine, others, false end
    local entry = redis.call('HGET', waiters, token) or ''
    local alive, lease, push, limit, holder = string.match(entry, '^(%d+):([1-9]%d*):([01]):(%d+):(.*)$')
    if not alive or tonumber(alive) < now then
      redis.call('LREM', KEYS[2], 1, token)
      redis.call('HDEL', waiters, token)
    elseif sharing > 0 and sharing >= tonumber(limit) then
      return mine, others, true
    else
      local contended = redis.call('LLEN', KEYS[2]) > 1 and 1 or 0
      -- First the grant, then the news: a full server refuses the first and must not have announced it.
      local fence = grant(token, holder, lease, limit, time)
      local heard = token == me and 1 or tell(token, 'G ' .. token .. ' ' .. fence .. ' ' .. contended .. ' ' .. name)
      if push == '0' or heard ~= 0 then
        redis.call('LREM', KEYS[2], 1, token)
        redis.call('HDEL', waiters, token)
        if token == me then mine, others = fence, contended end
        sharing = limit == '0' and -1 or sharing + 1
      else
        -- Nobody listens for it: it keeps its place, and the next one may go first.
        if limit == '0' then redis.call('DEL', KEYS[1]) else unshare(token) end
        index = index + 1
      end
    end
  end
  return mine, others, true
end
