-- Writes or deletes one source, and moves the version that pods look at.
-- KEYS: the sources, their version. ARGV: name, the version it must have now (0: it must not be there; -1: any), its new
-- form ('': delete it). Answers 1, or 0 if the source is not as it must be.
local stored = redis.call('HGET', KEYS[1], ARGV[1])
local expected = tonumber(ARGV[2])
if expected < 0 then
  if not stored then
    return 0
  end
else
  local readable, json = pcall(cjson.decode, stored or '{"version":0}')
  if not readable or type(json) ~= 'table' or json.version ~= expected then
    return 0
  end
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end

-- A version is a time, so that it does not come again after Redis lost its data.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
redis.call('SET', KEYS[2], string.format('%.0f', math.max(now, last + 1)))
return 1
