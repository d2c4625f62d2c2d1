-- Acknowledges again what the holder of a lease has settled, since Redis may have lost that: nothing that it received is under way.
-- KEYS: lease, stream. ARGV: the caller and its epoch, group, consumer, position: the last entry it received, how many at most.
-- Answers how many were pending; -1 if the lease is another's.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return -1
end
local ids = {}
for _, pending in ipairs(redis.call('XPENDING', KEYS[2], ARGV[2], '-', ARGV[4], ARGV[5], ARGV[3])) do
  ids[#ids + 1] = pending[1]
end
return #ids > 0 and redis.call('XACK', KEYS[2], ARGV[2], unpack(ids)) or 0
