-- SPDX-License-Identifier: Apache-2.0
-- Agrees with all who use a namespace on one protocol, and tells whether the server may throw locks away.
-- KEYS  1 the mark of the namespace
-- ARGV  1 protocol, 2 release, 3 how long the mark lasts from now, in ms, 4 1 if the server is to be looked at
-- Reply {the mark of those who speak another protocol, or nothing; the policy by which keys are evicted, or nothing}
-- Atomic because of two that come at once only one may set the mark. The first write is a PEXPIRE where there is a
-- mark, so that a full server goes on serving those who agree.
local mark = redis.call('GET', KEYS[1])
if mark and string.match(mark, '^[^|]*') ~= ARGV[1] then return {mark, ''} end
if not mark then
  redis.call('SET', KEYS[1], ARGV[1] .. '|' .. ARGV[2], 'PX', ARGV[3])
elseif redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
if ARGV[4] ~= '1' then return {'', ''} end
-- Whoever may not ask is not told.
local memory = redis.pcall('INFO', 'memory')
if type(memory) ~= 'string' or string.find(memory, 'maxmemory:0\r', 1, true) then return {'', ''} end
local policy = string.match(memory, 'maxmemory_policy:([%w-]+)') or ''
return {'', policy ~= 'noeviction' and policy or ''}
