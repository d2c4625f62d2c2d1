-- KEYS: keys, version. ARGV: id, the admin role, whether an admin key is configured, whether no key at all may be left.
-- 1: removed. 0: there is none. -1: refused, it is the last admin key.
local function is_admin(json)
  local readable, key = pcall(cjson.decode, json)
  return readable and key['role'] == ARGV[2]
end

local key = redis.call('HGET', KEYS[1], ARGV[1])
if not key then
  return 0
end
if ARGV[3] == '0' and is_admin(key) then
  local all = redis.call('HVALS', KEYS[1])
  local admins = 0
  for _, other in ipairs(all) do
    if is_admin(other) then
      admins = admins + 1
    end
  end
  if admins == 1 and (#all > 1 or ARGV[4] == '0') then
    return -1
  end
end
redis.call('HDEL', KEYS[1], ARGV[1])

-- A version is a time, so that it does not come again after Redis lost its data.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
redis.call('SET', KEYS[2], string.format('%.0f', math.max(now, last + 1)))
return 1
