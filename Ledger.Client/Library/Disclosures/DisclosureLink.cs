using System.Diagnostics.CodeAnalysis;
using Ledger.Client.Nodes;
using Ledger.Primitives;

namespace Ledger.Client.Disclosures;

/// <summary>
/// Where a node gives a shared disclosure to whoever has the link: <c>https://host:port/disclosures/LEARNER/ID</c>,
/// with the pin of the node's TLS key.
/// </summary>
/// <param name="Node">The node, without the path.</param>
/// <param name="Learner">Who shares.</param>
/// <param name="Id">The disclosure's id.</param>
public sealed record DisclosureLink(NodeEndpoint Node, Address Learner, Hash256 Id)
{
    /// <summary>What the path begins with.</summary>
    public const string Folder = "/disclosures/";

    /// <summary>The path of a disclosure at its node.</summary>
    public string Path => $"{Folder}{Learner}/{Id}";

    /// <summary>Reads a link; on failure <paramref name="problem"/> is a sentence for the user.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DisclosureLink? link, out string problem)
    {
        link = null;
        if (!WebAddress.TryParse(text, out Uri? uri)
            || uri.Query.Length > 0
            || !uri.AbsolutePath.StartsWith(Folder, StringComparison.Ordinal)
            || uri.AbsolutePath[Folder.Length..].Split('/') is not [var learnerText, var idText]
            || !Address.TryParse(learnerText, out Address learner)
            || !Hash256.TryParse(idText, out Hash256 id))
        {
            problem = $"{text} is no link to a disclosure: https://host:port/disclosures/LEARNER/ID#sha256=HEX.";
            return false;
        }

        if (!NodeEndpoint.TryParse(
            uri.GetLeftPart(UriPartial.Authority) + uri.Fragment, null, out NodeEndpoint? node, out problem))
        {
            return false;
        }

        link = new DisclosureLink(node, learner, id);
        return true;
    }

    /// <summary>The link with the pin.</summary>
    public override string ToString()
    {
        string node = Node.ToString();
        int pin = node.IndexOf('#', StringComparison.Ordinal);
        string address = (pin < 0 ? node : node[..pin]).TrimEnd('/');
        return $"{address}{Path}{(pin < 0 ? string.Empty : node[pin..])}";
    }
}
