-- SPDX-License-Identifier: Apache-2.0
-- Asks for a lock, for a place in its queue, or for a new fence.
-- KEYS  1 lock, 2 queue, 3 waiters, 4 fence, 5 ends of the leases that share it, 6 who they are: all in one slot
-- ARGV  1 token, 2 lease in ms, 3 floor of the fence, 4 mode T|Q|R|F, 5 push 1|0, 6 holder as shown to others,
--       7 how many leases may share the lock if this is one of them, 0 for one that has it alone
-- Reply fence                    the lock is the token's and nobody else waits
--       {'G', fence, contended}  the lock is the token's
--       {'W', pttl, proof, ours} somebody else has it; ours is 0 for a value not of this protocol
--       {'L'}                    the place in the queue is lost
-- Atomic because the grant, the fence and the queue must agree: a lock that is free while somebody live queues is
-- granted to the first of the queue, never to a newcomer. Idempotent: the token that holds the lock gets it again.
local token, mode, limit = ARGV[1], ARGV[4], ARGV[7]
if limit == '0' and (mode == 'T' or mode == 'Q') and redis.call('EXISTS', KEYS[1], KEYS[2]) == 0 then
  -- Nearly every command ends here. It does what grant.lua does, without the price of its closures.
  local time, life = redis.call('TIME'), 2 * ARGV[2]
  if life < 60000 then life = 60000 end
  local fence = time[1] * 1000000 + time[2] + 1
  if tonumber(ARGV[3]) >= fence then fence = ARGV[3] + 1 end
  local stored = redis.call('SET', KEYS[4], string.format('%.0f', fence), 'PX', life, 'GET')
  stored = tonumber(stored or 0)
  if stored and stored >= fence and stored < 9007199254740992 then
    fence = stored + 1
    redis.call('SET', KEYS[4], string.format('%.0f', fence), 'PX', life)
  end
  fence = string.format('%.0f', fence)
  redis.call('PSETEX', KEYS[1], ARGV[2], token .. '|' .. fence .. '|' .. ARGV[6])
  return fence
end

local floor = ARGV[3]
-- include grant.lua

local value = redis.call('GET', KEYS[1])
local time = redis.call('TIME')
local shared = value and string.sub(value, 1, 2) == '*|'
if value and string.sub(value, 1, #token + 1) == token .. '|' then
  -- The first write renews: it works on a full server, and the reply may be counted from this very command.
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  local fence = string.match(value, '|(%d+)|')
  if mode == 'F' or not fence or tonumber(fence) < tonumber(floor) then
    fence = grant(token, ARGV[6], ARGV[2], '0', time)
  end
  return {'G', fence, redis.call('EXISTS', KEYS[2])}
end
if shared and sharers(millis(time)) > 0 and redis.call('ZSCORE', KEYS[5], token) then
  local entry = redis.call('HGET', KEYS[6], token)
  redis.call('PEXPIRE', KEYS[1], math.max(redis.call('PTTL', KEYS[1]), ARGV[2]))
  share(token, entry, tonumber(ARGV[2]), millis(time))
  return {'G', string.match(entry, '^%d+'), redis.call('EXISTS', KEYS[2])}
end
if mode == 'F' then return {'L'} end

if mode ~= 'R' and redis.call('EXISTS', KEYS[2]) == 0 then
  local sharing = sharers(millis(time))
  if sharing == 0 or (sharing > 0 and sharing < tonumber(limit)) then
    return {'G', grant(token, ARGV[6], ARGV[2], limit, time), 0}
  end
end
if mode ~= 'T' then
  local present = redis.call('HEXISTS', KEYS[3], token) == 1
  if not present and mode == 'R' then return {'L'} end
  local life = math.floor(2 * ARGV[2] / 3)
  local alive = string.format('%.0f', millis(time) + life)
  -- A server short of memory may have thrown away the queue and kept the waiters.
  if not present or redis.call('EXISTS', KEYS[2]) == 0 then redis.call('RPUSH', KEYS[2], token) end
  local entry = alive .. ':' .. ARGV[2] .. ':' .. ARGV[5] .. ':' .. limit .. ':' .. ARGV[6]
  redis.call('HSET', KEYS[3], token, entry)
  if redis.call('PTTL', KEYS[2]) < life then redis.call('PEXPIRE', KEYS[2], life) end
  if redis.call('PTTL', KEYS[3]) < life then redis.call('PEXPIRE', KEYS[3], life) end
end

if not value or shared then
  local fence, contended, blocked = serve(token, time)
  local sharing = sharers(millis(time))
  if not fence and not blocked and (sharing == 0 or (sharing > 0 and sharing < tonumber(limit))) then
    -- Nobody queues, or everybody who does is dead or cannot be reached.
    redis.call('HDEL', KEYS[3], token)
    fence, contended = grant(token, ARGV[6], ARGV[2], limit, time), redis.call('EXISTS', KEYS[2])
  end
  if fence then return {'G', fence, contended} end
  value = redis.call('GET', KEYS[1])
end

local holder, fence
if value then holder, fence = string.match(value, '^([^|]*)|(%d+)|') end
local left = redis.call('PTTL', KEYS[1])
if holder == '*' then
  -- Whoever wants it alone waits for the last of those that share it, everybody else for the first.
  local nth = limit == '0' and -1 or 0
  left = redis.call('ZRANGE', KEYS[5], nth, nth, 'WITHSCORES')[2] - millis(time)
elseif holder and holder ~= '' and mode ~= 'T' then
  tell(holder, 'C ' .. holder)
end
local proof = storedFence()
if proof == 0 then proof = time[1] * 1000000 + time[2] end
return {'W', left, string.format('%.0f', proof), fence and 1 or 0}
