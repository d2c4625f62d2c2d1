-- Adds counts to those of a minute and of an hour. Keys are kept from when they got their last field.
-- KEYS: the minutes of an hour, the hours of a day.
-- ARGV: the minute, the hour, how long to keep either, in ms, how many names that begin with s are told apart (others are
--       's0'), then names and counts.
local most = tonumber(ARGV[5])

local function add(key, field, kept)
  local sums, names, statuses = {}, {}, 0
  local function count(name, by)
    if not sums[name] then
      local isStatus = name:sub(1, 1) == 's'
      if isStatus and statuses >= most and name ~= 's0' then
        return count('s0', by)
      end
      statuses = statuses + (isStatus and 1 or 0)
      sums[name] = 0
      names[#names + 1] = name
    end
    sums[name] = sums[name] + by
  end
  for name, by in string.gmatch(redis.call('HGET', key, field) or '', '([%w_]+)=(%d+)') do
    count(name, tonumber(by))
  end
  for i = 6, #ARGV, 2 do
    count(ARGV[i], tonumber(ARGV[i + 1]))
  end
  for i, name in ipairs(names) do
    names[i] = name .. '=' .. string.format('%.0f', sums[name])
  end
  if redis.call('HSET', key, field, table.concat(names, ' ')) == 1 then
    redis.call('PEXPIRE', key, kept)
  end
end

add(KEYS[1], ARGV[1], ARGV[3])
add(KEYS[2], ARGV[2], ARGV[4])
