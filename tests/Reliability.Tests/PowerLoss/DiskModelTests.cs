using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>The model of the disk keeps what was synced, loses what was not, and reads recordings of strace.</summary>
public class DiskModelTests
{
    private double _time;

    [Fact]
    public void What_was_synced_stays()
    {
        var disk = new DiskModel();
        Apply(disk, Do(FileOperationKind.Create, "f"), Write("f", 0, "kept"), Do(FileOperationKind.Sync, "f"), Do(FileOperationKind.Sync, ""));
        Apply(disk, Write("f", 0, "lost"));
        Assert.Equal("kept"u8.ToArray(), disk.Lose(LossMode.Everything, new Random(1))["f"]);
    }

    [Fact]
    public void A_file_whose_folder_was_not_synced_is_lost()
    {
        var disk = new DiskModel();
        Apply(disk, Do(FileOperationKind.Create, "f"), Write("f", 0, "kept"), Do(FileOperationKind.Sync, "f"));
        Assert.DoesNotContain("f", disk.Lose(LossMode.Everything, new Random(1)).Keys);
    }

    [Fact]
    public void A_folder_whose_parent_was_not_synced_is_lost_with_all_that_is_in_it()
    {
        var disk = new DiskModel();
        Apply(disk, Do(FileOperationKind.MakeFolder, "d"), Do(FileOperationKind.Create, "d/f"), Do(FileOperationKind.Sync, "d"));
        Assert.Equal([""], disk.Lose(LossMode.Everything, new Random(1)).Keys);
        Apply(disk, Do(FileOperationKind.Sync, ""));
        Assert.Equal(["", "d", "d/f"], disk.Lose(LossMode.Everything, new Random(1)).Keys);
    }

    [Fact]
    public void A_rename_or_a_removal_that_was_not_synced_may_not_have_been()
    {
        var disk = new DiskModel();
        Apply(disk, Do(FileOperationKind.Create, "a"), Do(FileOperationKind.Create, "b"), Do(FileOperationKind.Sync, ""));
        Apply(disk, Do(FileOperationKind.Rename, "a") with { Target = "c" }, Do(FileOperationKind.Remove, "b"));
        Assert.Equal(["", "a", "b"], disk.Lose(LossMode.Everything, new Random(1)).Keys);
        Assert.Equal(["", "c"], disk.Lose(LossMode.Zeros, new Random(1)).Keys);
    }

    [Fact]
    public void A_sync_that_began_before_the_write_ended_does_not_keep_it()
    {
        var disk = new DiskModel();
        Apply(disk, Do(FileOperationKind.Create, "f"), Do(FileOperationKind.Sync, ""));
        disk.Apply(Write("f", 0, "late") with { Start = 100, End = 120 });
        disk.Apply(new(FileOperationKind.Sync, "f", 110, 130));
        Assert.Empty(disk.Lose(LossMode.Everything, new Random(1))["f"]!);
    }

    [Fact]
    public void Torn_writes_arrive_in_part_and_lengths_without_bytes()
    {
        var disk = new DiskModel();
        Apply(disk, Do(FileOperationKind.Create, "f"), Do(FileOperationKind.Sync, ""), Write("f", 0, new string('x', 5000)));
        var lengths = Enumerable.Range(0, 200).Select(seed => disk.Lose(LossMode.Torn, new Random(seed))["f"]!.Length).ToHashSet();
        Assert.Contains(0, lengths);
        Assert.Contains(5000, lengths);
        Assert.Contains(lengths, length => length is > 0 and < 5000);
        Assert.Equal(new byte[5000], disk.Lose(LossMode.Zeros, new Random(1))["f"]);
    }

    [Fact]
    public void A_recording_is_read()
    {
        using var folder = new TemporaryFolder();
        string Hex(string text) => string.Concat(text.Select(character => $"\\x{(int)character:x2}"));
        File.WriteAllLines(folder["trace"],
        [
            $"7 1.0 openat(AT_FDCWD<{Hex("/")}>, \"{Hex("/data/f")}\", O_WRONLY|O_CREAT|O_CLOEXEC, 0600) = 5<{Hex("/data/f")}> <0.1>",
            $"7 2.0 pwrite64(5<{Hex("/data/f")}>, \"{Hex("abc")}\", 3, 16 <unfinished ...>",
            $"8 2.1 fsync(6<{Hex("/data")}>) = 0 <0.1>",
            "7 2.5 <... pwrite64 resumed>) = 3 <0.5>",
            $"7 3.0 fdatasync(5<{Hex("/data/f")}>) = 0 <0.5>",
            $"7 4.0 fdatasync(5<{Hex("/other/f")}>) = 0 <0.5>",
            $"7 5.0 unlink(\"{Hex("/data/g")}\") = -1 ENOENT (No such file or directory) <0.5>",
        ]);
        var operations = new TraceReader("/data").Read(folder["trace"]);
        Assert.Equal(
            [(FileOperationKind.Create, "f"), (FileOperationKind.Sync, ""), (FileOperationKind.Write, "f"), (FileOperationKind.Sync, "f")],
            operations.Select(operation => (operation.Kind, operation.Path)));
        Assert.Equal((2.0, 2.5, 16L), (operations[2].Start, operations[2].End, operations[2].Offset));
        Assert.Equal("abc"u8.ToArray(), operations[2].Data);
    }

    private static void Apply(DiskModel disk, params FileOperation[] operations) => Array.ForEach(operations, disk.Apply);

    private FileOperation Do(FileOperationKind kind, string path) => new(kind, path, ++_time, _time + 0.5);

    private FileOperation Write(string path, long offset, string text) =>
        Do(FileOperationKind.Write, path) with { Offset = offset, Data = System.Text.Encoding.ASCII.GetBytes(text) };
}
