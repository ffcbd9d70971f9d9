namespace Ledger.Faults;

/// <summary>What was watched is not as it must be, or did not happen in time. The text says what.</summary>
public sealed class ObservationException(string message) : Exception(message)
{
    /// <summary>Requires that something holds.</summary>
    /// <exception cref="ObservationException">It does not; the text is <paramref name="otherwise"/>.</exception>
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ObservationException(otherwise);
        }
    }
}
