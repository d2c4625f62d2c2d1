-- What changed in a tenant since a version.
-- KEYS: the webhooks, the tenant's version, its changes. ARGV: the version known.
-- Answers the present version, and then id and form (nil: deleted) of each webhook that changed;
-- or the present version alone if the changes are not kept that far back, or are of other data.
local version = redis.call('GET', KEYS[2]) or '0'
if version == ARGV[1] then
  return {version, {}}
end
local changes = redis.call('XRANGE', KEYS[3], '(' .. ARGV[1] .. '-0', '+')
local following = string.format('%.0f-0', tonumber(ARGV[1]) + 1)
if #changes == 0 or changes[1][1] ~= following then
  return {version}
end

local ids, seen = {}, {}
for _, change in ipairs(changes) do
  local id = change[2][2]
  if not seen[id] then
    seen[id] = true
    ids[#ids + 1] = id
  end
end
local forms = redis.call('HMGET', KEYS[1], unpack(ids))
local pairs = {}
for i, id in ipairs(ids) do
  pairs[#pairs + 1] = {id, forms[i]}
end
return {version, pairs}
