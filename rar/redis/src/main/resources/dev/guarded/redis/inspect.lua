-- SPDX-License-Identifier: Apache-2.0
-- Tells who has a lock. Writes nothing.
-- KEYS  1 lock, 2 queue, 3 waiters
-- Reply {value or '', pttl, entries that are alive}
-- Atomic so that value, remaining time and queue belong together.
local value = redis.call('GET', KEYS[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local alive = 0
for _, entry in ipairs(redis.call('HVALS', KEYS[3])) do
  if (tonumber(string.match(entry, '^(%d+):')) or 0) >= now then alive = alive + 1 end
end
return {value or '', redis.call('PTTL', KEYS[1]), alive}
