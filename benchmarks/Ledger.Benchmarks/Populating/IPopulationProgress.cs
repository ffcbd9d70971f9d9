namespace Ledger.Benchmarks.Populating;

/// <summary>Hears of the phases of a run.</summary>
public interface IPopulationProgress
{
    /// <summary>A phase begins; what is returned hears how far it is.</summary>
    IProgress<int> Begin(string phase, int total);
}
