-- Takes tokens of a rate limit, those that are usable soon included (GCRA, in microseconds of Redis time).
-- KEYS: rate. ARGV: wanted, limit, period, burst, how far ahead of its time a token may be taken.
-- Answers {usable now, usable later, until the first of these, until there is more (0: all that was wanted), state}.
-- The state is when the bucket will be full again. What is counted from now stays small enough to be exact.
local wanted, limit, period = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local spacing = period / limit
local tolerance = tonumber(ARGV[4]) * period / limit
local reach = tonumber(ARGV[5]) + tolerance

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local ahead = math.max(0, tonumber(redis.call('GET', KEYS[1]) or now) - now)
-- No grant of this limit leads so far: it was another limit's, or the clock of Redis went back.
local astray = ahead > reach + 1
ahead = math.min(ahead, reach)

local function tokens(span)
  return math.floor(span / spacing + 1e-8) -- what is a whole number but for rounding is that number
end
local granted = math.min(wanted, tokens(reach - ahead))
local immediate = math.max(0, math.min(granted, tokens(tolerance - ahead)))
local first = math.max(0, math.ceil(ahead + (immediate + 1) * spacing - tolerance))
local after = math.ceil(ahead + granted * period / limit)
local more = 0
if granted < wanted then
  more = math.max(1, math.ceil(after + spacing - reach))
end

local state = string.format('%.0f', now + after)
if granted > 0 or astray then
  redis.call('SET', KEYS[1], state, 'PX', math.ceil(after / 1000))
end
return {immediate, granted - immediate, first, more, state}
