-- Gives the lease on a keyed partition back, if it is still the caller's.
-- KEYS[1]: the lease. ARGV[1]: the caller and its epoch. Answers 1 if it is free now.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
