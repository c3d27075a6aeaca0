-- SPDX-License-Identifier: Apache-2.0
-- A part of acquire.lua and release.lua, which define floor before it.
-- storedFence()      the last fence, 0 if there is none that can be counted on from
-- grant(token, holder, lease, time)
--                    gives the token the lock and returns its fence: a number above all the lock was granted with
--                    before, even if the server has lost its data
-- tell(token, text)  tells the token's node; returns how many listened
-- grantFirst(me, time)
--                    grants the free lock to the first live entry; returns token, fence, contended, or nothing
local function storedFence()
  local stored = tonumber(redis.call('GET', KEYS[4]) or 0)
  return stored and stored > 0 and stored < 9007199254740992 and stored or 0
end

local function grant(token, holder, lease, time)
  local fence = math.max(time[1] * 1000000 + time[2], storedFence(), tonumber(floor))
  fence = string.format('%.0f', fence + 1)
  redis.call('SET', KEYS[4], fence, 'PX', math.max(60000, 2 * lease))
  redis.call('SET', KEYS[1], token .. '|' .. fence .. '|' .. holder, 'PX', lease)
  return fence
end

local function tell(token, text)
  local channel = string.match(KEYS[1], '^[^:]*') .. ':inbox:' .. string.match(token, '^[^.]*')
  return redis.pcall('PUBLISH', channel, text)
end

local function grantFirst(me, time)
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local name = string.match(KEYS[1], '{(.*)}')
  local index = 0
  while true do
    local token = redis.call('LINDEX', KEYS[2], index)
    if not token then return nil end
    local entry = redis.call('HGET', KEYS[3], token) or ''
    local alive, lease, push, holder = string.match(entry, '^(%d+):([1-9]%d*):([01]):(.*)$')
    if not alive or tonumber(alive) < now then
      redis.call('LREM', KEYS[2], 1, token)
      redis.call('HDEL', KEYS[3], token)
    else
      local contended = redis.call('LLEN', KEYS[2]) > 1 and 1 or 0
      -- First the grant, then the news: a full server refuses the first and must not have announced it.
      local fence = grant(token, holder, lease, time)
      local heard = token == me and 1 or tell(token, 'G ' .. token .. ' ' .. fence .. ' ' .. contended .. ' ' .. name)
      if push == '0' or heard ~= 0 then
        redis.call('LREM', KEYS[2], 1, token)
        redis.call('HDEL', KEYS[3], token)
        return token, fence, contended
      end
      -- Nobody listens for it: it keeps its place, and the next one may go first.
      redis.call('DEL', KEYS[1])
      index = index + 1
    end
  end
end
