-- SPDX-License-Identifier: Apache-2.0
-- A part of acquire.lua and release.lua, which define inbox, key, floor and fenceLife before it.
-- nextFence(time)  a number above every one this lock was granted with, even if the server has lost its data
-- grantFirst(me)   grants the free lock to the first live entry; returns token, fence, contended, or nothing
local function nextFence(time)
  local fence = time[1] * 1000000 + time[2]
  local stored, least = tonumber(redis.call('GET', KEYS[4]) or 0), tonumber(floor)
  if stored and stored > fence then fence = stored end
  if least > fence then fence = least end
  fence = string.format('%.0f', fence + 1)
  redis.call('SET', KEYS[4], fence, 'PX', fenceLife)
  return fence
end

local function grantFirst(me)
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local index = 0
  while true do
    local token = redis.call('LINDEX', KEYS[2], index)
    if not token then return nil end
    local entry = redis.call('HGET', KEYS[3], token) or ''
    local alive, lease, push, holder = string.match(entry, '^(%d+):(%d+):([01]):(.*)$')
    if not alive or tonumber(alive) < now then
      redis.call('LREM', KEYS[2], 1, token)
      redis.call('HDEL', KEYS[3], token)
    else
      local fence = nextFence(time)
      local contended = redis.call('LLEN', KEYS[2]) > 1 and 1 or 0
      -- First the grant, then the news: a full server refuses the first and must not have announced it.
      redis.call('SET', KEYS[1], token .. '|' .. fence .. '|' .. holder, 'PX', lease)
      local heard = 1
      if token ~= me then
        local told = redis.pcall('PUBLISH', inbox .. string.match(token, '^[^.]*'),
          'G ' .. token .. ' ' .. fence .. ' ' .. contended .. ' ' .. key)
        if push == '1' and told == 0 then heard = 0 end
      end
      if heard == 1 then
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
