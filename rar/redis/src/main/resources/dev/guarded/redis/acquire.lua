-- SPDX-License-Identifier: Apache-2.0
-- Asks for a lock, for a place in its queue, or for a new fence.
-- KEYS  1 lock, 2 queue, 3 waiters, 4 fence: all of one lock, in one slot
-- ARGV  1 token, 2 lease in ms, 3 floor of the fence, 4 mode T|Q|R|F, 5 push 1|0, 6 holder as shown to others
-- Reply {'G', fence, contended}  the lock is the token's
--       {'W', pttl, proof, ours} somebody else has it; ours is 0 for a value not of this protocol
--       {'L'}                    the place in the queue is lost
-- Atomic because the grant, the fence and the queue must agree: a lock that is free while somebody live queues is
-- granted to the first of the queue, never to a newcomer. Idempotent: the token that holds the lock gets it again.
local token, mode = ARGV[1], ARGV[4]
if (mode == 'T' or mode == 'Q') and redis.call('EXISTS', KEYS[1], KEYS[2]) == 0 then
  -- Nearly every command ends here. It does what grant.lua does, without the price of its closures.
  local time = redis.call('TIME')
  local fence = time[1] * 1000000 + time[2]
  local stored, floor = tonumber(redis.call('GET', KEYS[4]) or 0), tonumber(ARGV[3])
  if stored and stored > fence and stored < 9007199254740992 then fence = stored end
  if floor > fence then fence = floor end
  fence = string.format('%.0f', fence + 1)
  local life = 2 * ARGV[2]
  if life < 60000 then life = 60000 end
  redis.call('SET', KEYS[4], fence, 'PX', life)
  redis.call('SET', KEYS[1], token .. '|' .. fence .. '|' .. ARGV[6], 'PX', ARGV[2])
  return {'G', fence, 0}
end

local floor = ARGV[3]
-- include grant.lua

local value = redis.call('GET', KEYS[1])
if value and string.sub(value, 1, #token + 1) == token .. '|' then
  -- The first write renews: it works on a full server, and the reply may be counted from this very command.
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  local fence = string.match(value, '|(%d+)|')
  if mode == 'F' or not fence or tonumber(fence) < tonumber(floor) then
    fence = grant(token, ARGV[6], ARGV[2], redis.call('TIME'))
  end
  return {'G', fence, redis.call('EXISTS', KEYS[2])}
end
if mode == 'F' then return {'L'} end

local time = redis.call('TIME')
if mode ~= 'T' then
  local present = redis.call('HEXISTS', KEYS[3], token) == 1
  if not present and mode == 'R' then return {'L'} end
  local life = math.floor(2 * ARGV[2] / 3)
  local alive = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + life)
  -- A server short of memory may have thrown away the queue and kept the waiters.
  if not present or redis.call('EXISTS', KEYS[2]) == 0 then redis.call('RPUSH', KEYS[2], token) end
  redis.call('HSET', KEYS[3], token, alive .. ':' .. ARGV[2] .. ':' .. ARGV[5] .. ':' .. ARGV[6])
  if redis.call('PTTL', KEYS[2]) < life then redis.call('PEXPIRE', KEYS[2], life) end
  if redis.call('PTTL', KEYS[3]) < life then redis.call('PEXPIRE', KEYS[3], life) end
end

if not value then
  local granted, fence, contended = grantFirst(token, time)
  if not granted then
    -- Everybody who queued is dead or cannot be reached.
    redis.call('HDEL', KEYS[3], token)
    granted, fence, contended = token, grant(token, ARGV[6], ARGV[2], time), redis.call('EXISTS', KEYS[2])
  end
  if granted == token then return {'G', fence, contended} end
  value = redis.call('GET', KEYS[1])
end

local holder, fence
if value then holder, fence = string.match(value, '^([^|]*)|(%d+)|') end
if holder and holder ~= '' and mode ~= 'T' then tell(holder, 'C ' .. holder) end
local proof = storedFence()
if proof == 0 then proof = time[1] * 1000000 + time[2] end
return {'W', redis.call('PTTL', KEYS[1]), string.format('%.0f', proof), fence and 1 or 0}
