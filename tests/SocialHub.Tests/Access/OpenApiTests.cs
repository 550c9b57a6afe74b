using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using SocialHub.Feeds;
using SocialHub.Functions.Comments;
using SocialHub.Media;
using SocialHub.Publishing;
using SocialHub.Standalone;
using SocialHub.Standalone.Triggers;
using SocialHub.Web;

namespace SocialHub.Tests.Access;

/// <summary>Holds openapi.json to the functions and to the types of their bodies.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonNode Document = JsonNode.Parse(WebFiles.Find("openapi.json")!.Content)!;

    private static IEnumerable<(string Method, string Route)> Functions =>
        from method in typeof(StandaloneHost).Assembly.GetTypes().SelectMany(type => type.GetMethods())
        where method.IsDefined(typeof(FunctionAttribute), inherit: false)
        from parameter in method.GetParameters()
        let trigger = (HttpTriggerAttribute?)Attribute.GetCustomAttribute(parameter, typeof(HttpTriggerAttribute))
        where trigger is not null
        from verb in trigger.Methods
        select (verb.ToLowerInvariant(), "/" + Regex.Replace(trigger.Route!, @"\{ignored[^}]*\}", "", RegexOptions.None, TimeSpan.FromSeconds(1)));

    private static IEnumerable<(string Method, string Route, JsonNode Operation)> Operations =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key, path.Key, operation.Value!);

    [Fact]
    public void Every_method_of_every_route_is_in_the_document_and_conversely() =>
        Assert.Equal(Functions.Select(f => $"{f.Method} {f.Route}").Order(StringComparer.Ordinal), Operations.Select(o => $"{o.Method} {o.Route}").Order(StringComparer.Ordinal));

    [Fact]
    public void An_operation_asks_for_credentials_where_its_route_is_guarded()
    {
        foreach (var (method, route, operation) in Operations)
        {
            var name = $"{method.ToUpperInvariant()} {(route == "/" ? "{ignored:maxlength(0)?}" : route[1..])}";
            if (PublicRoutes.All.Contains(name) && operation["security"] is { } security)
                Assert.Contains(security.AsArray(), s => s!.AsObject().Count == 0);
            else if (!PublicRoutes.All.Contains(name))
                Assert.True(operation["security"] is not null && operation["responses"]!["401"] is not null, name);
        }
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_operation_has_its_own_id()
    {
        foreach (var reference in References(Document))
            Assert.NotNull(reference[2..].Split('/').Aggregate<string, JsonNode?>(Document, (node, step) => node?[step]));
        var ids = Operations.Select(o => o.Operation["operationId"]!.GetValue<string>()).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_place_in_a_route_is_a_parameter()
    {
        foreach (var (_, route, operation) in Operations)
        {
            var places = Regex.Matches(route, @"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Groups["name"].Value).Order(StringComparer.Ordinal);
            var named = (operation["parameters"]?.AsArray() ?? []).Where(p => p!["in"]!.GetValue<string>() == "path").Select(p => p!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal);
            Assert.Equal(places, named);
        }
    }

    [Fact]
    public void Bodies_have_the_members_of_their_types()
    {
        JsonTypeInfo[] types =
        [
            CommentWire.Default.SubmitBody, CommentWire.Default.EditBody, CommentWire.Default.AuthorBody, CommentWire.Default.NoticeBody, CommentWire.Default.SubmitAnswer,
            CommentWire.Default.ThreadBody, CommentWire.Default.CommentBody, CommentWire.Default.CountsBody, CommentWire.Default.AuthorView, CommentWire.Default.ExportBody, CommentWire.Default.ReceiptBody, CommentWire.Default.CharterBody, CommentWire.Default.StatementBody,
            TransparencyWire.Default.TransparencyBody, TransparencyWire.Default.SiteFigures, TransparencyWire.Default.MonthFigures, TransparencyWire.Default.StatementList, TransparencyWire.Default.ExportedStatement,
            ModerationWire.Default.TokenBody, ModerationWire.Default.DecisionBody, ModerationWire.Default.UndoBody, ModerationWire.Default.AnswerBody, ModerationWire.Default.ThreadRuleBody,
            ModerationWire.Default.WaitingBody, ModerationWire.Default.WaitingList, ModerationWire.Default.DecidedBody, ModerationWire.Default.HistoryBody, ModerationWire.Default.ThreadRule, ModerationWire.Default.PageRule, ModerationWire.Default.PageRuleOrigins, ModerationWire.Default.SiteRule, ModerationWire.Default.PageFreeze, ModerationWire.Default.PageChange, ModerationWire.Default.ContestedBody, ModerationWire.Default.DebateDecisionBody, ModerationWire.Default.DebateBody, ModerationWire.Default.DebateList, ModerationWire.Default.PlaybookBody,
            PublicationJson.Default.PublicationView, PublicationJson.Default.PublicationList, PublicationJson.Default.WrittenPublication, PublicationJson.Default.PublicationChange, PublicationJson.Default.PublicationApproval, PublicationJson.Default.PublicationConfirmation, PublicationJson.Default.ChosenPicture,
            MediaBodies.Default.UploadedMedia,
            WordTrialWire.Default.WordTrialBody, WordTrialWire.Default.WordTrialAnswer, WordTrialWire.Default.TriedVerdicts, WordTrialWire.Default.TriedVerdict, WordTrialWire.Default.TriedCommentsBody, WordTrialWire.Default.TriedCommentBody,
        ];
        foreach (var type in types)
        {
            var schema = Document["components"]!["schemas"]![type.Type.Name];
            Assert.True(schema is not null, $"{type.Type.Name} is missing");
            Assert.Equal(type.Properties.Select(p => p.Name).Order(StringComparer.Ordinal), schema["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        }
        Assert.Equal(["hidden", "pinned"], Document["components"]!["schemas"]![nameof(PostChoice)]!["properties"]!.AsObject().Select(p => p.Key));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p.Key == "$ref" ? [p.Value!.GetValue<string>()] : References(p.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };
}
