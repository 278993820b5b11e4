namespace Recoupe.Benchmarks;

/// <summary>A speed claim that is measured over a file of articles rather than by BenchmarkDotNet. Found by name.</summary>
public interface IMeasurement
{
    /// <summary>What is typed to run it.</summary>
    string Name { get; }

    /// <summary>What it wants after its name, for the usage text.</summary>
    string Arguments { get; }

    /// <summary>Measures and prints; the exit code.</summary>
    int Run(string[] arguments);
}
