using System.Security.Cryptography;

namespace S3Cassandra.Clients;

/// <summary>Folders of files to send up and bring down, and their comparison byte for byte.</summary>
internal static class FileTree
{
    /// <summary>
    /// Real files of many sizes and names: <paramref name="count"/> of the .NET SDK's, and some whose names or sizes clients get wrong.
    /// </summary>
    public static string Create(string folder, int count)
    {
        var sdk = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var root = Directory.GetParent(sdk)!.Parent!.Parent!.FullName;
        var files = Directory.EnumerateFiles(Path.Combine(root, "sdk"), "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).Length < 2 << 20)
            .Order(StringComparer.Ordinal)
            .Where((_, number) => number % 7 == 0)
            .Take(count);
        foreach (var file in files)
        {
            var target = Path.Combine(folder, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        foreach (var name in new[] { "with space", "plus+and&", "per%41cent", "ümlaut-日本", "quote'", "semi;colon=eq", "@at,comma", "sub/.hidden" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), name);
        }

        File.WriteAllBytes(Path.Combine(folder, "empty"), []);
        WriteRandom(Path.Combine(folder, "large.bin"), (18 << 20) + 3);
        Age(folder);
        return folder;
    }

    public static string WriteRandom(string file, int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    /// <summary>Fails unless both folders hold the same files with the same bytes.</summary>
    public static void AssertSame(string expected, string actual)
    {
        var left = Digests(expected);
        var right = Digests(actual);
        Assert.Equal(left.Keys, right.Keys);
        Assert.All(left, file => Assert.Equal((file.Key, file.Value), (file.Key, right[file.Key])));
    }

    /// <summary>
    /// S3 tells times in whole seconds: a file that is written in the second of its upload looks newer than its copy, and a sync sends it
    /// again.
    /// </summary>
    private static void Age(string folder)
    {
        var before = DateTime.UtcNow.AddHours(-1);
        foreach (var file in FilesIn(folder))
        {
            File.SetLastWriteTimeUtc(file, before);
        }
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });

    private static SortedDictionary<string, string> Digests(string folder)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in FilesIn(folder))
        {
            using var stream = File.OpenRead(file);
            digests.Add(Path.GetRelativePath(folder, file), Convert.ToHexString(SHA256.HashData(stream)));
        }

        return digests;
    }
}
