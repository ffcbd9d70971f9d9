namespace Ledger.Determinism;

/// <summary>The program's edge.</summary>
internal static class Program
{
    private const int Done = 0;
    private const int Differs = 1;
    private const int WrongUse = 2;

    private static int Main(string[] arguments)
    {
        try
        {
            RunArguments parsed = RunArguments.Parse(arguments);
            if (parsed.Culture is not null)
            {
                ChildRun.Print(parsed);
                return Done;
            }

            return ParentRun.Compare(parsed) ? Done : Differs;
        }
        catch (ArgumentException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return WrongUse;
        }
    }
}
