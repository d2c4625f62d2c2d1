-- Deletes dead letters. ARGV, behind those of parked.lua: ids. Answers how many.
local purged = 0
for i = 7, #ARGV do
  local id = ARGV[i]
  if redis.call('ZREM', dead, id) == 1 then
    local body = redis.call('HGET', deliveries .. id, '$body')
    redis.call('DEL', deliveries .. id)
    letGo(body, id)
    purged = purged + 1
  end
end
closeGraves()
return purged
