namespace Ledger.Fuzz;

/// <summary>An oracle does not hold: the decoder took or did what it must not.</summary>
internal sealed class FuzzViolation(string message) : Exception(message)
{
    /// <summary>Fails unless the condition holds.</summary>
    public static void Unless(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FuzzViolation(otherwise);
        }
    }
}
