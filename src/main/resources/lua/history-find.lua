-- The lines of one delivery, oldest first. KEYS[1]: attempts. ARGV: a text that these lines hold and no others do.
local found = {}
for _, line in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
  if string.find(line, ARGV[1], 1, true) then
    found[#found + 1] = line
  end
end
return found
