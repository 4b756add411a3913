#!/bin/sh
# Everything that benchmarks/README.md and docs/growth.md say of the server on Cassandra, measured anew: some 45 minutes on two idle cores, 40 GiB of disk.
#
#   all.sh NODE TOOLS INTO [one|periodic|three|growth|servers …]
#
# NODE, TOOLS: see measure.py. INTO: a folder for the results (*.md, *.json). Without names all but "servers" are run.
set -eu
node=$1 tools=$2; mkdir -p "$3"; into=$(cd "$3" && pwd); shift 3
here=$(cd "$(dirname "$0")" && pwd); root=$(dirname "$(dirname "$here")")
[ $# -gt 0 ] || set -- one periodic three growth
for project in src/S3Server benchmarks/CqlLoad benchmarks/IndexLoad; do
    dotnet publish "$root/$project" -c Release -o "$into/bin/$(basename $project)" > "$into/build.log"
done
measure() {
    name=$1; shift
    python3 "$here/measure.py" --node "$node" --tools "$tools" --server "$into/bin/S3Server" --cql-load "$into/bin/CqlLoad" \
        --index-load "$into/bin/IndexLoad" --work "$into" --json "$into/$name.json" --label "$name" "$@" | tee "$into/$name.md"
}
for what; do
    case $what in
        one) measure one --seconds 4 --rounds 3 --warm 10;;
        periodic) measure periodic --periodic --seconds 3 --rounds 2 --warm 10;;
        three) measure three --nodes 3 --servers 2 --seconds 3 --rounds 2 --warm 20;;
        growth) measure growth --growth 1000,10000,100000,300000,1000000,3000000 --seconds 2;;
        servers)
            for count in 1 2 3; do
                measure "servers-$count" --servers $count --no-minio --only '4KiB|list' --seconds 3 --rounds 2
            done;;
        *) echo "all.sh: no such measurement: $what" >&2; exit 2;;
    esac
done
