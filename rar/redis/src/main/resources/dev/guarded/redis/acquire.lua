-- SPDX-License-Identifier: Apache-2.0
-- Asks for a lock, for a place in its queue, or for a new fence.
-- KEYS  1 lock, 2 queue, 3 fence: all in one slot, like those that grant.lua makes of them
-- ARGV  1 token, 2 lease in ms, 3 floor of the fence, 4 together: mode T|Q|R|F, push 1|0, and how many leases may share
--       the lock if this is one of them, 0 for one that has it alone; 5 holder as shown to others
-- Reply fence                    the lock is the token's and nobody else waits
--       {'G', fence, contended}  the lock is the token's
--       {'W', pttl, proof, ours} somebody else has it; ours is 0 for a value not of this protocol, 2 if it is and the
--                                client may not publish, as most likely those may not who should tell it of its grant
--       {'L'}                    the place in the queue is lost
-- Atomic because the grant, the fence and the queue must agree: a lock that is free while somebody live queues is
-- granted to the first of the queue, never to a newcomer. Idempotent: the token that holds the lock gets it again.
local token, floor, ask = ARGV[1], ARGV[3], ARGV[4]
if (ask == 'Q10' or ask == 'T10' or ask == 'Q00' or ask == 'T00')
    and redis.call('EXISTS', KEYS[1], KEYS[2]) == 0 then
  -- Nearly every command ends here. It does what grant.lua does without closures and with as little arithmetic as
  -- possible: the digits of the time are the fence, and digits of one length compare as texts.
  local time, lease, life = redis.call('TIME'), ARGV[2], '60000'
  if lease + 0 > 30000 then life = 2 * lease end
  local fence = time[2]
  if #fence < 6 then fence = string.sub(1000000 + fence, 2) end
  fence = time[1] .. fence
  local stored = redis.call('SET', KEYS[3], fence, 'PX', life, 'GET')
  local above = not stored or (#stored == #fence and stored < fence)
  if not above or not (floor == '0' or (#floor == #fence and floor < fence)) then
    local known, number = tonumber(stored or 0), tonumber(fence)
    if known and known >= number and known < 9007199254740992 then number = known + 1 end
    if tonumber(floor) >= number then number = floor + 1 end
    fence = string.format('%.0f', number)
    redis.call('SET', KEYS[3], fence, 'PX', life)
  end
  redis.call('PSETEX', KEYS[1], lease, token .. '|' .. fence .. '|' .. ARGV[5])
  return fence
end

local mode, push, limit = string.match(ask, '^(.)(.)(.*)$')
local holder = ARGV[5]
-- include grant.lua

local value = redis.call('GET', KEYS[1])
local time = redis.call('TIME')
local shared = value and string.sub(value, 1, 2) == '*|'
if value and string.sub(value, 1, #token + 1) == token .. '|' then
  -- The first write renews: it works on a full server, and the reply may be counted from this very command.
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  local fence = string.match(value, '|(%d+)|')
  if mode == 'F' or not fence or tonumber(fence) < tonumber(floor) then
    fence = grant(token, holder, ARGV[2], '0', time)
  end
  return {'G', fence, redis.call('EXISTS', KEYS[2])}
end
if shared and sharers(millis(time)) > 0 and redis.call('ZSCORE', ends, token) then
  local entry = redis.call('HGET', who, token)
  redis.call('PEXPIRE', KEYS[1], math.max(redis.call('PTTL', KEYS[1]), ARGV[2]))
  local fence = string.match(entry, '^%d+')
  if mode == 'F' or tonumber(fence) < tonumber(floor) then
    -- Not with the limit that came along: a lease that had the lock alone may share it since then.
    fence = grant(token, holder, ARGV[2], '1', time)
  else
    share(token, entry, tonumber(ARGV[2]), millis(time))
  end
  return {'G', fence, redis.call('EXISTS', KEYS[2])}
end
if mode == 'F' then return {'L'} end

if mode ~= 'R' and redis.call('EXISTS', KEYS[2]) == 0 then
  local sharing = sharers(millis(time))
  if sharing == 0 or (sharing > 0 and sharing < tonumber(limit)) then
    return {'G', grant(token, holder, ARGV[2], limit, time), 0}
  end
end
if mode ~= 'T' then
  local present = redis.call('HEXISTS', waiters, token) == 1
  if not present and mode == 'R' then return {'L'} end
  local life = math.floor(2 * ARGV[2] / 3)
  local alive = string.format('%.0f', millis(time) + life)
  -- A server short of memory may have thrown away the queue and kept the waiters.
  if not present or redis.call('EXISTS', KEYS[2]) == 0 then redis.call('RPUSH', KEYS[2], token) end
  local entry = alive .. ':' .. ARGV[2] .. ':' .. push .. ':' .. limit .. ':' .. holder
  redis.call('HSET', waiters, token, entry)
  if redis.call('PTTL', KEYS[2]) < life then redis.call('PEXPIRE', KEYS[2], life) end
  if redis.call('PTTL', waiters) < life then redis.call('PEXPIRE', waiters, life) end
end

if not value or shared then
  local fence, contended, blocked = serve(token, time)
  local sharing = sharers(millis(time))
  if not fence and not blocked and (sharing == 0 or (sharing > 0 and sharing < tonumber(limit))) then
    -- Nobody queues, or everybody who does is dead or cannot be reached.
    redis.call('HDEL', waiters, token)
    fence, contended = grant(token, holder, ARGV[2], limit, time), redis.call('EXISTS', KEYS[2])
  end
  if fence then return {'G', fence, contended} end
  value = redis.call('GET', KEYS[1])
end

local owner, fence, told
if value then owner, fence = string.match(value, '^([^|]*)|(%d+)|') end
local left = redis.call('PTTL', KEYS[1])
if owner == '*' then
  -- Whoever wants it alone waits for the last of those that share it, everybody else for the first.
  local nth = limit == '0' and -1 or 0
  left = redis.call('ZRANGE', ends, nth, nth, 'WITHSCORES')[2] - millis(time)
elseif owner and owner ~= '' and mode ~= 'T' then
  told = tell(owner, 'C ' .. owner)
end
local proof = storedFence()
if proof == 0 then proof = time[1] * 1000000 + time[2] end
return {'W', left, string.format('%.0f', proof), not fence and 0 or type(told) == 'table' and 2 or 1}
