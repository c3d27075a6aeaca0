-- SPDX-License-Identifier: Apache-2.0
-- Renews many locks that have one lease time.
-- KEYS  lock and queue of the first lock, lock and queue of the second, ...
-- ARGV  1 lease in ms, then the token of each lock
-- Reply for each lock 0 not the token's, 1 renewed, 2 renewed and others wait
-- Atomic for each lock: the token is compared and the lease extended in one breath. Writes nothing but PEXPIRE, so that
-- it works on a full server. A value of another type concerns its own lock only; any other refusal becomes the reply,
-- because it says nothing about whose the locks are.
local replies = {}
for i = 2, #ARGV do
  local lock, queue, token = KEYS[2 * i - 3], KEYS[2 * i - 2], ARGV[i]
  local value = redis.pcall('GET', lock)
  if type(value) == 'table' and not string.find(value.err, 'WRONGTYPE', 1, true) then return value end
  if type(value) == 'string' and string.sub(value, 1, #token + 1) == token .. '|' then
    redis.call('PEXPIRE', lock, ARGV[1])
    replies[i - 1] = 1 + redis.call('EXISTS', queue)
  else
    replies[i - 1] = 0
  end
end
return replies
