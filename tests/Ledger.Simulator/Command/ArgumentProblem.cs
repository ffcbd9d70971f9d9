namespace Ledger.Simulator.Command;

/// <summary>The command cannot do what it was asked for; the message says what to do instead.</summary>
public sealed class ArgumentProblem(string message) : Exception(message)
{
}
