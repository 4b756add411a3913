namespace S3Cassandra.Storage.Checksums.Md5;

/// <summary>RFC 1321's constants: the sines of section 3.4, and each step's message word.</summary>
internal static class Md5Constants
{
    public static readonly uint[] Sine = MakeSines();

    /// <summary>Which of the block's sixteen words step i takes.</summary>
    public static readonly int[] Word = MakeWords();

    private static uint[] MakeSines()
    {
        var sines = new uint[64];
        for (var i = 0; i < sines.Length; i++)
        {
            sines[i] = (uint)(long)Math.Floor(Math.Abs(Math.Sin(i + 1)) * 4294967296.0);
        }

        return sines;
    }

    private static int[] MakeWords()
    {
        var words = new int[64];
        for (var i = 0; i < 16; i++)
        {
            words[i] = i;
            words[16 + i] = ((5 * i) + 1) & 15;
            words[32 + i] = ((3 * i) + 5) & 15;
            words[48 + i] = (7 * i) & 15;
        }

        return words;
    }
}
