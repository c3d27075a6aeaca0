-- SPDX-License-Identifier: Apache-2.0
-- Turns the lease that has a lock alone into one that shares it, and lets in those that wait to do the same.
-- KEYS  1 lock, 2 queue: in one slot, like those that grant.lua makes of them
-- ARGV  1 token, 2 lease in ms, 3 floor of the fence
-- Reply 1 the token shares the lock, 0 it has it no longer
-- Atomic because nobody may write between the two. Idempotent: sent again, it renews.
local token, floor = ARGV[1], ARGV[3]
-- include grant.lua

local time = redis.call('TIME')
local value = redis.call('GET', KEYS[1])
local entry
if value and string.sub(value, 1, #token + 1) == token .. '|' then
  entry = string.sub(value, #token + 2)
elseif sharers(millis(time)) > 0 then
  entry = redis.call('HGET', who, token)
end
if not entry then return 0 end
share(token, entry, tonumber(ARGV[2]), millis(time))
serve(nil, time)
return 1
