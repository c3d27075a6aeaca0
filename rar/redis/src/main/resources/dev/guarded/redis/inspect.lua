-- SPDX-License-Identifier: Apache-2.0
-- Tells who has a lock. Writes nothing.
-- KEYS  1 lock, 2 queue, 3 waiters, 4 fence, 5 ends of the leases that share it, 6 who they are: all in one slot
-- Reply {value or '', pttl, entries that are alive}; of a lock that leases share, the value and the remaining time of
--       the one that ends first
-- Atomic so that value, remaining time and queue belong together.
local value = redis.call('GET', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if value and string.sub(value, 1, 2) == '*|' then
  local first = redis.call('ZRANGEBYSCORE', KEYS[5], '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
  if first[1] then
    value = string.gsub(first[1], '^|.*', '') .. '|' .. redis.call('HGET', KEYS[6], first[1])
    left = first[2] - now
  else
    value, left = nil, -2
  end
end
local alive = 0
for _, entry in ipairs(redis.call('HVALS', KEYS[3])) do
  if (tonumber(string.match(entry, '^(%d+):')) or 0) >= now then alive = alive + 1 end
end
return {value or '', left, alive}
