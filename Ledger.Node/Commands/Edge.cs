using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Node.Configuration;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Node.Storage;

namespace Ledger.Node.Commands;

/// <summary>The program's edge: the one place where every exception becomes a sentence and an exit code.</summary>
public static class Edge
{
    /// <summary>Runs a command.</summary>
    public static int Run(ParseResult result, Func<int> action) =>
        RunAsync(result, () => Task.FromResult(action())).GetAwaiter().GetResult();

    /// <summary>Runs a command.</summary>
    public static async Task<int> RunAsync(ParseResult result, Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception problem) when (problem is ConfigurationException or KeyFileException
            or SealingKeysException)
        {
            return Say(result, problem, ExitCode.WrongUse);
        }
        catch (DllNotFoundException problem)
        {
            return Say(result, problem, ExitCode.WrongUse);
        }
        catch (DiskFullException problem)
        {
            return Say(result, problem, ExitCode.Undecided);
        }
        catch (Exception problem) when (problem is StorageFailedException or RecordStoreException
            or SealDamagedException
            or System.Data.Common.DbException or IOException or UnauthorizedAccessException)
        {
            return Say(result, problem, ExitCode.Internal);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Done;
        }
        catch (Exception problem)
        {
            result.InvocationConfiguration.Error.WriteLine("An internal error; --verbose shows where.");
            return Say(result, problem, ExitCode.Internal);
        }
    }

    private static int Say(ParseResult result, Exception problem, int code)
    {
        result.InvocationConfiguration.Error.WriteLine(
            "ledger-node: " + (result.GetValue(CommonOptions.Verbose) ? problem.ToString() : problem.Message));
        return code;
    }
}
