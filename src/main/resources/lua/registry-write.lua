-- Writes or deletes one webhook of a tenant, and notes the change beside it.
-- KEYS: the webhooks, the tenant's version, its changes.
-- ARGV: the webhook's id, the version it must have now (0: it must not be there), its new form ('': delete it),
--       how many changes to keep.
-- Answers 1, or 0 if the webhook is not as it must be.
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if ARGV[3] == '' then
  if not stored then
    return 0
  end
else
  local readable, json = pcall(cjson.decode, stored or '{"version":0}')
  if not readable or type(json) ~= 'table' or json.version ~= tonumber(ARGV[2]) then
    return 0
  end
end

-- Versions start at the time, so that after a loss of data none comes twice.
if redis.call('EXISTS', KEYS[2]) == 0 then
  local now = redis.call('TIME')
  redis.call('SET', KEYS[2], string.format('%d%06d', now[1], now[2]))
end
local change = string.format('%.0f-0', redis.call('INCR', KEYS[2]))
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[4], change, 'id', ARGV[1])

if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
elseif redis.call('HDEL', KEYS[1], ARGV[1]) == 1 and redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('DEL', KEYS[2], KEYS[3])
end
return 1
