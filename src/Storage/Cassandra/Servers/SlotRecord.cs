using System.Globalization;
using System.Text;

namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>The record of all leases on slots, as the catalog keeps it: a line <c>SLOT HOLDER BEAT</c> each. What nobody holds has none.</summary>
internal static class SlotRecord
{
    private const int MostLines = 1_000;

    public static byte[] Encode(IEnumerable<SlotLease> leases) => Encoding.ASCII.GetBytes(string.Concat(leases
        .OrderBy(lease => lease.Slot)
        .Select(lease => string.Create(CultureInfo.InvariantCulture, $"{lease.Slot} {lease.Holder:N} {lease.Beat}\n"))));

    /// <exception cref="CorruptDataException">It is none.</exception>
    public static IReadOnlyList<SlotLease> Decode(ReadOnlySpan<byte> record)
    {
        var leases = new List<SlotLease>();
        foreach (var line in Encoding.ASCII.GetString(record).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is not [var slot, var holder, var beat]
                || !int.TryParse(slot, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || !Guid.TryParseExact(holder, "N", out var server)
                || !long.TryParse(beat, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || leases.Count == MostLines)
            {
                throw new CorruptDataException("The record of the sweepers' leases cannot be read.");
            }

            leases.Add(new SlotLease(number, server, count));
        }

        return leases;
    }
}
