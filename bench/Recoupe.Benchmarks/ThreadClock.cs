using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Recoupe.Benchmarks;

/// <summary>The processor time of this thread on Linux, elsewhere the time of day: for measuring single steps on a busy machine.</summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <summary>Milliseconds since some start.</summary>
    public static double Milliseconds
    {
        get
        {
            if (OperatingSystem.IsLinux() && Gettime(ThreadCpuTime, out var time) == 0)
                return (time.Seconds * 1e3) + (time.Nanoseconds / 1e6);
            return Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Gettime(int clock, out Time time);
}
