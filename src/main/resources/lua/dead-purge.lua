-- Deletes dead letters. KEYS: dead, graves. ARGV: lane, prefix of delivery keys, ids. Answers how many.
local purged = 0
for i = 3, #ARGV do
  if redis.call('ZREM', KEYS[1], ARGV[i]) == 1 then
    redis.call('DEL', ARGV[2] .. ARGV[i])
    purged = purged + 1
  end
end
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return purged
