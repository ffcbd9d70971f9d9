namespace Ledger.Simulator.Planted;

/// <summary>A planted bug does not apply or does not build; the text says which and why.</summary>
public sealed class PlantedBugException(string message) : Exception(message)
{
}
