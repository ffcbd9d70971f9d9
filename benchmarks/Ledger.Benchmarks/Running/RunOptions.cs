using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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
    public static Option<int> Number(string name, string description, int usual, int least, int greatest) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result => Read<int>(
            result,
            int.TryParse(TextOf(result), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
                && given >= least && given <= greatest ? given : null,
            string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number, {least} to {greatest}.")),
    };

    /// <summary>A number above 0, with or without a fraction.</summary>
    public static Option<double> Above0(string name, string description, double usual, double greatest) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result => ReadAbove0(result, name, greatest),
    };

    /// <summary>The same without a usual value.</summary>
    public static Option<double?> Above0(string name, string description, double greatest) => new(name)
    {
        Description = description,
        CustomParser = result => ReadAbove0(result, name, greatest),
    };

    private static double ReadAbove0(ArgumentResult result, string name, double greatest) => Read<double>(
        result,
        double.TryParse(
            TextOf(result), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double given)
            && given > 0 && given <= greatest ? given : null,
        string.Create(CultureInfo.InvariantCulture, $"{name} must be above 0, and at most {greatest}."));

    private static string TextOf(ArgumentResult result) =>
        result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;

    private static T Read<T>(ArgumentResult result, T? given, string error)
        where T : struct
    {
        if (given is null)
        {
            result.AddError(error);
        }

        return given ?? default;
    }
}
