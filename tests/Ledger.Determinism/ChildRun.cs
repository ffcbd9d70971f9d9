using System.Globalization;
using Ledger.Contracts.Execution;
using Ledger.Determinism.Story;

namespace Ledger.Determinism;

/// <summary>One of the two processes: a line for each block, after one about the process itself.</summary>
internal static class ChildRun
{
    public static void Print(RunArguments run)
    {
        CultureInfo culture = CultureInfo.GetCultureInfo(run.Culture!);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        CultureInfo.DefaultThreadCurrentCulture = culture;

        // Shows that the culture is in force and that the seed of hash codes is this process's own.
        Console.WriteLine($"{"i".ToUpper(culture)} {"seed".GetHashCode(StringComparison.Ordinal)}");
        LedgerStory story = new(run.Seed);
        for (int place = 0; place < run.Blocks; place++)
        {
            BlockResult result = story.Next().Result;
            Console.WriteLine($"{result.StateRoot} {result.ReceiptRoot} {result.TransactionRoot}");
        }
    }
}
