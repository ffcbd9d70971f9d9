namespace Ledger.Devnet;

/// <summary>
/// Where consortia on this machine live: below the ignored folder of the checkout, wherever the command is typed.
/// </summary>
public static class RunFolder
{
    /// <summary>Set by the <c>ledger</c> script.</summary>
    public const string Variable = "LEDGER_RUN";

    /// <summary>
    /// A folder below it; below <c>run</c> in the current folder where the script did not start the program.
    /// </summary>
    public static string Of(string name) => Path.GetFullPath(name, Path.GetFullPath(
        Environment.GetEnvironmentVariable(Variable) ?? "run"));
}
