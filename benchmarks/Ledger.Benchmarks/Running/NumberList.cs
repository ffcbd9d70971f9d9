using System.CommandLine.Parsing;
using System.Globalization;

namespace Ledger.Benchmarks.Running;

/// <summary>Lists of numbers in options: <c>1,16,64</c>.</summary>
public static class NumberList
{
    /// <summary>
    /// Reads a list of whole numbers from 1 on, each once, in the order given; null for anything else.
    /// </summary>
    public static IReadOnlyList<int>? Parse(string text)
    {
        List<int> numbers = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                || number < 1 || numbers.Contains(number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>
    /// Reads an option's value; what is no such list, or has a greater number, is an error of the command.
    /// </summary>
    public static IReadOnlyList<int> Parse(ArgumentResult result, int greatest)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (Parse(text) is { } numbers)
        {
            if (numbers.Max() > greatest)
            {
                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"\"{text}\" has a number above {greatest:N0}, which is the most."));
            }

            return numbers;
        }

        result.AddError($"\"{text}\" is no list of whole numbers from 1 on, each once, such as 1,16,64.");
        return [];
    }
}
