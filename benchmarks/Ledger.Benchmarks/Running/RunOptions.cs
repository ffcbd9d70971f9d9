using System.CommandLine;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Running;

/// <summary>Options of numbers, and those that several commands have under one name.</summary>
public static class RunOptions
{
    /// <summary><c>--clients</c>.</summary>
    public static Option<IReadOnlyList<int>> Clients(params int[] usual) => List(
        "--clients", "Clients, each with one operation under way; several numbers are measured in turn.", int.MaxValue,
        usual);

    /// <summary>A list of numbers from 1 to a greatest one.</summary>
    public static Option<IReadOnlyList<int>> List(
        string name, string description, int greatest, params int[] usual) => new(name)
    {
        Description = description,
        CustomParser = result => NumberList.Parse(result, greatest),
        DefaultValueFactory = _ => usual,
    };

    /// <summary><c>--validators</c>.</summary>
    public static Option<int> Validators() => Number(
        "--validators", "Validators, 4 to 16.", DevnetPlan.NodesMin, DevnetPlan.NodesMin, DevnetPlan.NodesMax);

    /// <summary>A whole number within bounds.</summary>
    public static Option<int> Number(string name, string description, int usual, int least, int greatest)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is int given && (given < least || given > greatest))
            {
                result.AddError(FormattableString.Invariant($"{name} must be {least} to {greatest}."));
            }
        });
        return option;
    }
}
