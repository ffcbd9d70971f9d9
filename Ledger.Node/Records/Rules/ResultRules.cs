using System.Globalization;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>The rules of a statement's result and its score.</summary>
internal static class ResultRules
{
    /// <summary>Checks a result.</summary>
    public static void Result(JsonCursor result)
    {
        FieldRules.Members(result, "score", "success", "completion", "response", "duration", "extensions");
        foreach (JsonCursor member in result)
        {
            switch (member.Name)
            {
                case "score":
                    Score(member);
                    break;
                case "success" or "completion":
                    FieldRules.Flag(member);
                    break;
                case "duration":
                    FieldRules.Duration(member);
                    break;
                case "extensions":
                    FieldRules.Extensions(member);
                    break;
                default:
                    FieldRules.Kind(member, JsonKind.String);
                    break;
            }
        }
    }

    private static void Score(JsonCursor score)
    {
        FieldRules.Members(score, "scaled", "raw", "min", "max");
        double? scaled = Number(score, "scaled");
        double? raw = Number(score, "raw");
        double? min = Number(score, "min");
        double? max = Number(score, "max");
        Require(scaled is null or (>= -1 and <= 1), score, "scaled", "A scaled score is between -1 and 1.");
        Require(min is null || max is null || min < max, score, "max", "The largest score is above the smallest.");
        Require(raw is null || min is null || raw >= min, score, "raw", "The score is below its smallest value.");
        Require(raw is null || max is null || raw <= max, score, "raw", "The score is above its largest value.");
    }

    private static double? Number(JsonCursor score, string name)
    {
        if (!FieldRules.TryGet(score, name, out JsonCursor number))
        {
            return null;
        }

        FieldRules.Kind(number, JsonKind.Number);
        return double.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static void Require(bool condition, JsonCursor score, string name, string message)
    {
        if (!condition)
        {
            throw FieldRules.Refuse($"{score.Path}/{name}", "score-range", message);
        }
    }
}
