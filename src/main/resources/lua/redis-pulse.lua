-- One beat, of any pod. Data that was lost begins a new pulse, data that was restored has fewer beats than were seen.
-- KEYS[1]: the pulse. Answers {when it began, in microseconds, how many beats}.
if redis.call('EXISTS', KEYS[1]) == 0 then
  local time = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'began', time[1] .. string.format('%06d', time[2]))
end
return {redis.call('HGET', KEYS[1], 'began'), redis.call('HINCRBY', KEYS[1], 'beats', 1)}
