-- SPDX-License-Identifier: Apache-2.0
-- Tells who has a lock. Changes nothing.
-- KEYS  1 lock, 2 queue, 3 waiters, 4 fence, 5 ends of the leases that share it, 6 who they are: all in one slot
-- ARGV  nothing; or 1 1, to be refused by a server that takes no writes
-- Reply {entries of the queue that are alive, then value and remaining ms of each holder, the first to end first}; the
--       value of one that shares the lock is put together as if it had the lock alone
-- Atomic so that value, remaining time and queue belong together.
if ARGV[1] == '1' then
  -- A full server and a replica refuse it; all others find nothing to replace, for nobody ever makes such a key.
  redis.call('SET', KEYS[1] .. '!', '', 'XX')
end
local value = redis.call('GET', KEYS[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local alive = 0
for _, entry in ipairs(redis.call('HVALS', KEYS[3])) do
  if (tonumber(string.match(entry, '^(%d+):')) or 0) >= now then alive = alive + 1 end
end
local reply = {alive}
if value and string.sub(value, 1, 2) == '*|' then
  local shares = redis.call('ZRANGEBYSCORE', KEYS[5], '(' .. now, '+inf', 'WITHSCORES')
  for i = 1, #shares, 2 do
    -- A share that nobody can give back has a name that begins with the mark between the parts.
    local token = string.sub(shares[i], 1, 1) == '|' and '' or shares[i]
    reply[#reply + 1] = token .. '|' .. (redis.call('HGET', KEYS[6], shares[i]) or '')
    reply[#reply + 1] = shares[i + 1] - now
  end
elseif value then
  reply[2], reply[3] = value, redis.call('PTTL', KEYS[1])
end
return reply
