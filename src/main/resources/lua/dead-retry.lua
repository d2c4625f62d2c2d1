-- Makes dead letters due now. ARGV, behind those of parked.lua: ids. Answers how many.
local retried = 0
for i = 7, #ARGV do
  if revive(ARGV[i]) then
    retried = retried + 1
  end
end
if retried > 0 then
  plan()
end
closeGraves()
return retried
