namespace Ledger.Torture;

/// <summary>Tells, now and then, how far a long run is.</summary>
internal static class Progress
{
    private const int Lines = 20;

    /// <summary>After so many of all; every twentieth part is told.</summary>
    public static void Tell(int done, int all, string what)
    {
        if (done == all || done % Math.Max(1, all / Lines) == 0)
        {
            Console.WriteLine($"{done,5} of {all}: {what}");
        }
    }
}
