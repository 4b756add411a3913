using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>An ext4 file system of its own in a file, which can run full and lose its power. Needs root; without it the test is skipped, loudly.</summary>
internal sealed partial class LoopMount : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _mounted;

    public string Path => System.IO.Path.Combine(_folder.Path, "mount");

    private string Image => System.IO.Path.Combine(_folder.Path, "image");

    public static async Task<LoopMount> CreateAsync(int mebibytes)
    {
        var mount = new LoopMount();
        Directory.CreateDirectory(mount.Path);
        using (var image = new FileStream(mount.Image, FileMode.CreateNew))
        {
            image.SetLength(mebibytes * 1024L * 1024);
        }

        var failed = await RunAsync("mkfs.ext4", "-q", "-F", mount.Image) ?? await mount.TryMountAsync();
        if (failed is not null)
        {
            await mount.DisposeAsync();
            Assert.Skip($"NOT TESTED: a loop mount is needed (root, mkfs.ext4, losetup): {failed}");
        }

        return mount;
    }

    /// <summary>
    /// What a power cut does: nothing that is only in memory reaches the disk any more (EXT4_IOC_SHUTDOWN without flushing the journal), and
    /// every later call fails with EIO. Then the machine starts again.
    /// </summary>
    public void CutPower()
    {
        const nuint shutdown = 0x8004587D;
        const uint noLogFlush = 2;
        using var handle = File.OpenHandle(System.IO.Path.Combine(Path, "power"), FileMode.OpenOrCreate);
        Assert.Equal(0, IoControl(handle, shutdown, noLogFlush));
    }

    public async Task RemountAsync()
    {
        Assert.Null(await RunAsync("umount", Path));
        _mounted = false;
        Assert.Null(await TryMountAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_mounted)
        {
            await RunAsync("umount", "--lazy", Path);
        }

        _folder.Dispose();
    }

    private async Task<string?> TryMountAsync()
    {
        var failure = await RunAsync("mount", "-o", "loop", Image, Path);
        _mounted = failure is null;
        return failure;
    }

    /// <returns>What it said when it failed; null when it did not.</returns>
    private static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : $"{program}: {said.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{program}: {e.Message}";
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int IoControl(SafeFileHandle file, nuint request, in uint argument);
}
