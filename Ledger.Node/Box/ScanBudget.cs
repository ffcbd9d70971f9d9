namespace Ledger.Node.Box;

/// <summary>
/// How many records a box looks at for one answer, over all of its verbs and writers: who asks for much is answered in
/// parts, and asks again from where each ended.
/// </summary>
/// <param name="total">For the whole answer.</param>
/// <param name="least">
/// For each range, however many the ones before took: who moves nowhere would be asked for ever.
/// </param>
public sealed class ScanBudget(int total, int least)
{
    private int left = total;

    /// <summary>Places that may be looked at in the next range.</summary>
    public int Next => Math.Max(left, least);

    /// <summary>So many were looked at.</summary>
    public void Spend(int places) => left = Math.Max(0, left - places);
}
