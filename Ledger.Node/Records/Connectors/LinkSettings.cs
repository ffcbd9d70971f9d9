using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Ledger.Node.Configuration;

namespace Ledger.Node.Records.Connectors;

/// <summary>A link to another record store, without its secret, which is among the node's secrets.</summary>
/// <param name="Name">Its name: lower-case letters, digits and hyphens.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Address">
/// The other store: what <c>/statements</c> is appended to for xAPI, the host's address for OpenLRW.
/// </param>
/// <param name="User">The name with which this node identifies itself there.</param>
public sealed partial record LinkSettings(
    string Name,
    [property: JsonConverter(typeof(JsonStringEnumConverter<LinkKind>))] LinkKind Kind,
    string Address,
    string User)
{
    /// <summary>The name under which the record store notes what the link brings.</summary>
    [JsonIgnore]
    public string Authority => "link:" + Name;

    /// <summary>The address with a slash at its end, so that parts can be appended.</summary>
    [JsonIgnore]
    public Uri Base => new(WithSlash);

    /// <summary>Whether the link brings records.</summary>
    [JsonIgnore]
    public bool IsPull => Kind is LinkKind.PullXapi or LinkKind.PullOpenLrw;

    /// <summary>Fails where the settings cannot be used.</summary>
    /// <exception cref="ConfigurationException">The text says which and why.</exception>
    public void Require()
    {
        if (!NamePattern().IsMatch(Name))
        {
            throw new ConfigurationException(
                $"\"{Name}\" is no name of a link: 1 to 40 lower-case letters, digits and hyphens.");
        }

        // Name and secret go with each request, and only TLS hides them; a loopback address leaves no machine.
        if (!Uri.TryCreate(WithSlash, UriKind.Absolute, out Uri? uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            || uri.UserInfo.Length > 0 || uri.Query.Length > 0)
        {
            throw new ConfigurationException(
                $"The address of link {Name} must be https://HOST/PATH without a query; it is \"{Address}\".");
        }

        if (!Enum.IsDefined(Kind) || User.Length == 0 || User.Contains(':', StringComparison.Ordinal))
        {
            throw new ConfigurationException($"Link {Name} needs a kind, and a user without a colon.");
        }
    }

    private string WithSlash => Address.TrimEnd('/') + "/";

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex NamePattern();
}
