namespace Recoupe.Evaluation;

/// <summary>One figure: how well a step does on a set.</summary>
/// <param name="Step">The step of the flow: extraction, statements, dates, stories …</param>
/// <param name="Set">The set of labelled data, by file name without ending.</param>
/// <param name="Measure">What is measured: "found F1".</param>
/// <param name="Value">The figure, higher is better unless the measure says otherwise.</param>
public sealed record Figure(string Step, string Set, string Measure, double Value)
{
    /// <summary>Names the figure in <c>floors.json</c>.</summary>
    public string Key => $"{Step}/{Set}/{Measure}";
}

/// <summary>Measures one step on all sets of the data folder that it knows; sets that are not there are left out.</summary>
/// <remarks>Every public implementation with a constructor without parameters is found and run by the program.</remarks>
public interface IEvaluation
{
    /// <summary>The step of the flow, as typed after <c>--only</c>.</summary>
    string Step { get; }

    /// <summary>Measures. <paramref name="data"/> is the folder with the labelled sets; what explains the figures goes to <paramref name="log"/>.</summary>
    IEnumerable<Figure> Measure(string data, TextWriter log);
}
