/* What an article may lack, as SQL of its row d of documents. */
#ifndef HSY_QUERY_LACKS_H
#define HSY_QUERY_LACKS_H

#define HSY_LACKS_DATE "d.day = '~'"
#define HSY_LACKS_OUTLET "d.outlet IS NULL"
#define HSY_LACKS_TEXT "d.key IN (SELECT document FROM textless)"
#define HSY_LACKS_SPEECH "NOT EXISTS (SELECT 1 FROM attributions n WHERE n.document = d.key AND n.mode = 'speech')"

#endif
