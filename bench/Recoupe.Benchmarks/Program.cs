using System.Reflection;

using BenchmarkDotNet.Running;

using Recoupe.Benchmarks;

var measurements = Assembly.GetExecutingAssembly().GetTypes()
    .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IMeasurement)))
    .Select(type => (IMeasurement)Activator.CreateInstance(type)!)
    .OrderBy(measurement => measurement.Name, StringComparer.Ordinal)
    .ToList();

if (args.Length > 0 && measurements.Find(measurement => measurement.Name == args[0]) is { } wanted)
    return wanted.Run(args[1..]);

if (args.Length == 0)
{
    Console.WriteLine("Measurements over a file of articles:");
    foreach (var measurement in measurements)
        Console.WriteLine($"    {measurement.Name} {measurement.Arguments}");
    Console.WriteLine("Anything else goes to BenchmarkDotNet, such as --filter *");
    return 2;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
