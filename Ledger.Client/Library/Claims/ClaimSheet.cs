using System.Globalization;
using System.Text;
using Ledger.Client.Keys;

namespace Ledger.Client.Claims;

/// <summary>
/// The institution's list of codes as a table (CSV, RFC 4180): claim, code, and the learner's accounts in the columns
/// after them. Whoever has it can enrol in the learners' place, so it is for its owner alone.
/// </summary>
public static class ClaimSheet
{
    private const string Header = "claim,code,account";

    /// <summary>Reads lists of accounts, one learner a line; throws <see cref="FormatException"/>.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ReadAccounts(string text)
    {
        List<IReadOnlyList<string>> learners = [];
        foreach (string[] row in Rows(text))
        {
            string[] accounts = [.. row.Where(static account => account.Length > 0)];
            if (accounts.Length != row.Length || accounts.Any(static account => !account.Contains('|')))
            {
                throw new FormatException(
                    $"Learner {learners.Count + 1}: an account is written HOMEPAGE|NAME, several of them with commas.");
            }

            learners.Add(accounts);
        }

        return learners;
    }

    /// <summary>Writes the list with mode 0600.</summary>
    public static void Write(string path, IEnumerable<AnnouncedLearner> learners, bool overwrite)
    {
        StringBuilder text = new(Header + "\n");
        foreach (AnnouncedLearner learner in learners)
        {
            string[] cells =
            [
                learner.Claim.ToString(CultureInfo.InvariantCulture), learner.Code.ToString(), .. learner.Accounts,
            ];
            text.AppendJoin(',', cells.Select(Quote)).Append('\n');
        }

        AtomicFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()), overwrite);
    }

    /// <summary>Reads such a list; throws <see cref="FormatException"/> where it is none.</summary>
    public static IReadOnlyList<AnnouncedLearner> Read(string text)
    {
        string[][] rows = [.. Rows(text)];
        if (rows.Length == 0 || string.Join(',', rows[0]) != Header)
        {
            throw new FormatException($"This is no list of codes: it does not begin with {Header}.");
        }

        return [.. rows.Skip(1).Select(ReadLearner)];
    }

    private static AnnouncedLearner ReadLearner(string[] cells, int place) =>
        cells.Length > 2
        && ulong.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong claim)
        && ClaimCode.TryParse(cells[1], out ClaimCode code)
            ? new AnnouncedLearner(claim, code, cells[2..])
            : throw new FormatException($"Line {place + 2} is no number, code and account.");

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // Accounts hold no line break, so that a line is a row.
    private static IEnumerable<string[]> Rows(string text) => text
        .Split('\n')
        .Select(static line => line.TrimEnd('\r'))
        .Where(static line => line.Length > 0)
        .Select(static line => Cells(line).ToArray());

    private static IEnumerable<string> Cells(string line)
    {
        StringBuilder cell = new();
        bool isQuoted = false;
        for (int place = 0; place < line.Length; place++)
        {
            char sign = line[place];
            if (sign == '"' && isQuoted && place + 1 < line.Length && line[place + 1] == '"')
            {
                cell.Append(sign);
                place++;
            }
            else if (sign == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (sign == ',' && !isQuoted)
            {
                yield return cell.ToString();
                cell.Clear();
            }
            else
            {
                cell.Append(sign);
            }
        }

        yield return cell.ToString();
    }
}
