using System.Text;

namespace S3Cassandra.Storage.Tests.Listing;

/// <summary>Keys, prefixes, delimiters and markers that collide with each other often, made of one to four bytes a character.</summary>
internal sealed class RandomNames(Random random)
{
    private static readonly string[] Letters = ["a", "b", "/", "-", "//", "\u0001", "~", "é", "\uffff", "😀", "/-"];

    public byte[][] Keys(int count)
    {
        var keys = new SortedSet<byte[]>(Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)));
        var stems = Enumerable.Range(0, 3).Select(_ => Text(0, 3)).ToArray();
        for (var i = 0; i < count; i++)
        {
            keys.Add(Encoding.UTF8.GetBytes(stems[random.Next(stems.Length)] + Text(1, 5)));
        }

        return [.. keys];
    }

    public byte[] Delimiter() => random.Next(4) switch
    {
        0 => [],
        1 => "/"u8.ToArray(),
        _ => Encoding.UTF8.GetBytes(Text(1, 2)),
    };

    /// <summary>A prefix: often that of a key, cut anywhere, even inside a character.</summary>
    public byte[] Prefix(byte[][] keys) => random.Next(3) switch
    {
        0 => [],
        1 when keys.Length > 0 => Cut(keys[random.Next(keys.Length)]),
        _ => Encoding.UTF8.GetBytes(Text(0, 3)),
    };

    /// <summary>A marker: nothing, a key, a piece of one, or anything.</summary>
    public byte[] Marker(byte[][] keys) => random.Next(4) switch
    {
        0 when keys.Length > 0 => keys[random.Next(keys.Length)],
        1 when keys.Length > 0 => Cut(keys[random.Next(keys.Length)]),
        2 => Encoding.UTF8.GetBytes(Text(0, 4)),
        _ => [],
    };

    private byte[] Cut(byte[] key) => key[..random.Next(key.Length + 1)];

    private string Text(int least, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => Letters[random.Next(Letters.Length)]));
}
